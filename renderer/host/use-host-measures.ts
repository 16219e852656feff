import { useEffect, useState } from 'react'
import type { HostMeasure } from '../../shared/contract/host-measure.ts'
import { useMessenger } from '../store/use-store.ts'
import { withMeasure } from './rates.ts'

/** Measures the box while the component is mounted. @returns the measures of the last minute, oldest first. */
export const useHostMeasures = (): readonly HostMeasure[] => {
  const { api, store } = useMessenger()
  const [measures, setMeasures] = useState<readonly HostMeasure[]>([])
  useEffect(() => {
    const watch = (on: boolean): void =>
      void api.call('watchHost', { on }).catch((thrown: unknown) => store.getState().report(thrown))
    const stopListening = api.on('hostMeasured', measure => setMeasures(known => withMeasure(known, measure)))
    watch(true)
    return () => {
      stopListening()
      watch(false)
    }
  }, [api, store])
  return measures
}
