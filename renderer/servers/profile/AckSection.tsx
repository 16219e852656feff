import { useTranslation } from 'react-i18next'
import { ChoiceField, TemplateField, TextField } from './fields.tsx'
import { Section } from './Section.tsx'
import { useProfile } from './use-profile-form.ts'

const brokers = ['rabbitmq-queue', 'rabbitmq-stream', 'activemq', 'artemis'] as const

/** Acknowledging, and subscriptions that the server keeps while the person is away. */
export const AckSection = () => {
  const { t } = useTranslation('profile')
  const { durable } = useProfile().draft.frames
  return (
    <Section title={t('ack.title')}>
      <ChoiceField
        at="frames.ack"
        label={t('ack.mode')}
        hint={t('ack.modeHint')}
        options={[
          { value: '', label: t('ack.usual') },
          ...['auto', 'client', 'client-individual'].map(value => ({ value, label: value })),
        ]}
      />
      <TextField
        at="frames.prefetch"
        label={t('ack.prefetch')}
        hint={t('ack.prefetchHint')}
        inputMode="numeric"
      />
      <ChoiceField
        at="frames.durable.broker"
        label={t('ack.durable')}
        hint={t('ack.durableHint')}
        options={[
          { value: '', label: t('ack.none') },
          ...brokers.map(value => ({ value, label: t(`ack.${value}`) })),
        ]}
      />
      {durable.broker !== '' && (
        <TemplateField at="frames.durable.name" kind="room" label={t('ack.name')} hint={t('ack.nameHint')} />
      )}
    </Section>
  )
}
