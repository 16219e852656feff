import { useEffect } from 'react'
import { surfaceOf } from '../store/surface.ts'
import { useStore } from '../store/use-store.ts'

/** Keeps theme and density of the page as they are set; the tokens do the rest. */
export const useAppearance = (): void => {
  const theme = useStore(state => surfaceOf(state).theme)
  const density = useStore(state => surfaceOf(state).density)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    document.documentElement.dataset.density = density
  }, [theme, density])
}
