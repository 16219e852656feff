import { useTranslation } from 'react-i18next'
import type { Cure } from '../../../shared/contract/doctor.ts'
import { roomOf } from '../../store/model.ts'
import { useMessenger } from '../../store/use-store.ts'

/** @returns a function that gives the label of a cure. */
export const useCureLabel = (): ((cure: Cure) => string) => {
  const { t } = useTranslation('doctor')
  const { store } = useMessenger()
  return cure => {
    switch (cure.kind) {
      case 'useAddress':
      case 'openPage':
        return t(`cure.${cure.kind}`, { url: cure.url })
      case 'editServer':
        return t(`cure.editServer.${cure.field}`)
      case 'sendTest':
        return t('cure.sendTest', { room: roomOf(store.getState(), cure.room)?.name ?? '' })
      default:
        return t(`cure.${cure.kind}`)
    }
  }
}
