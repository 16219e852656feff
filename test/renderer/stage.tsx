/** A part of the window in a real browser, over a bridge whose other end is the test. */
import type { ReactNode } from 'react'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { createApi } from '../../shared/bridge/api.ts'
import { LanguageProvider } from '../../renderer/i18n/LanguageProvider.tsx'
import { createStore, type Store } from '../../renderer/store/store.ts'
import '../../renderer/ui/base.css'
import { TooltipProvider } from '../../renderer/ui/marks/Tooltip.tsx'
import { MessengerContext } from '../../renderer/store/use-store.ts'
import type { Snapshot } from '../../shared/contract/window-commands.ts'
import { windowBridge, type WindowBridge } from './window-bridge.ts'

export interface Stage {
  bridge: WindowBridge
  store: Store
}

/** Shows `part` as the sheet of a window of 976 × 764 px, the size that it has in a window of 1280 × 800. */
export const stage = async (
  part: ReactNode,
  snapshot: () => Snapshot,
  answers: Parameters<typeof windowBridge>[1] = {},
): Promise<Stage> => {
  await page.viewport(976, 764)
  const bridge = windowBridge(snapshot, answers)
  const api = createApi(bridge)
  const store = await api.start(first => createStore(api, first))
  await render(
    <MessengerContext value={{ api, store }}>
      <LanguageProvider>
        <TooltipProvider>
          <main
            style={{
              display: 'flex',
              flexDirection: 'column',
              height: '764px',
              background: 'var(--surface-2)',
            }}
          >
            {part}
          </main>
        </TooltipProvider>
      </LanguageProvider>
    </MessengerContext>,
  )
  return { bridge, store }
}
