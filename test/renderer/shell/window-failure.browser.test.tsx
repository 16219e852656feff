import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { WindowFailure } from '../../../renderer/shell/WindowFailure.tsx'
import { createTranslator } from '../../../shared/i18n/index.ts'

test('a window that can’t go on says why, and offers to try again', async () => {
  const error = { code: 'cache-newer', params: { file: 'cache.db' } } as const
  await render(<WindowFailure translator={createTranslator('ko')} error={error} />)
  await expect.element(page.getByText(/^cache\.db 파일은 더 새로운 버전의 Stompbox가/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: '다시 시도' })).toBeVisible()
})
