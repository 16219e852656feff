import styles from './Fingerprint.module.css'

/** A SHA-256 fingerprint in four rows of four groups, for comparing by eye. */
export const Fingerprint = ({ of }: { of: string }) => (
  <span className={styles.fingerprint}>{of.match(/.{4}/g)?.join(' ')}</span>
)
