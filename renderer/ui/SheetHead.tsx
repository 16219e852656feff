import styles from './SheetHead.module.css'

/** The head of a page in the sheet. */
export const SheetHead = ({ title }: { title: string }) => (
  <header className={styles.head}>
    <h1 className={styles.title}>{title}</h1>
  </header>
)
