import { FirstRun } from './first-run/FirstRun.tsx'
import { LanguageProvider } from './i18n/LanguageProvider.tsx'
import { OpenDialog } from './shell/OpenDialog.tsx'
import { Shell } from './shell/Shell.tsx'
import { useAppearance } from './shell/use-appearance.ts'
import { useActs, useShortcuts } from './shell/use-shortcuts.ts'
import { TooltipProvider } from './ui/marks/Tooltip.tsx'
import { MessengerContext, useStore, type Messenger } from './store/use-store.ts'

/** The whole window. */
export const App = ({ messenger }: { messenger: Messenger }) => (
  <MessengerContext value={messenger}>
    <LanguageProvider>
      <TooltipProvider>
        <Window />
      </TooltipProvider>
    </LanguageProvider>
  </MessengerContext>
)

const Window = () => {
  useAppearance()
  useActs()
  useShortcuts()
  const firstRun = useStore(state => state.view.name === 'first-run')
  if (firstRun) return <FirstRun />
  return (
    <>
      <Shell />
      <OpenDialog />
    </>
  )
}
