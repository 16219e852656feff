import { hasDesktop } from '../../store/surface.ts'
import { useSend, useStore } from '../../store/use-store.ts'

/** @returns what opens an address outside of this window: in the system's browser, or in another tab of this one. */
export const useOpenLink = (): ((href: string) => void) => {
  const send = useSend()
  const desktop = useStore(hasDesktop)
  return desktop
    ? href => void send('openExternal', { url: href })
    : href => void window.open(href, '_blank', 'noopener,noreferrer')
}
