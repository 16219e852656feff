import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { executable, fixtureApp, launchFixture, makeUserData, removeUserData } from './fixture.ts'

const folders: string[] = []
const userDataOfItsOwn = (): string => {
  const folder = makeUserData()
  folders.push(folder)
  return folder
}
afterEach(() => folders.splice(0).forEach(removeUserData))

/** @returns how many processes have `text` in their command line. */
const countProcesses = (text: string): number =>
  readdirSync('/proc')
    .filter(entry => /^\d+$/.test(entry))
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
      } catch {
        return false // it has ended meanwhile
      }
    }).length

test('a second instance hands over its arguments and ends', async () => {
  const userData = userDataOfItsOwn()
  const { app, page } = await launchFixture(userData)
  const second = spawn(executable, [fixtureApp, `--user-data-dir=${userData}`, 'stompbox://room'])
  expect(await once(second, 'exit')).toEqual([0, null])
  await expect.poll(() => page.getByLabel('Received').textContent()).toBe('second:stompbox://room;')
  await app.close()
})

test('two instances with folders of their own run side by side', async () => {
  const [one, two] = await Promise.all([launchFixture(userDataOfItsOwn()), launchFixture(userDataOfItsOwn())])
  expect(await one.page.title()).toBe('Fixture')
  await one.app.close()
  expect(await two.page.title()).toBe('Fixture')
  await two.app.close()
})

test('Chromium ends with a main process that is killed', async () => {
  const userData = userDataOfItsOwn()
  const { app } = await launchFixture(userData)
  expect(countProcesses(userData)).toBeGreaterThan(1)
  app.process().kill('SIGKILL')
  await expect.poll(() => countProcesses(userData)).toBe(0)
})

test('SIGTERM quits with 0', async () => {
  const { app } = await launchFixture(userDataOfItsOwn())
  const main = app.process()
  main.kill('SIGTERM')
  await expect.poll(() => main.exitCode).toBe(0)
})

const failing = async (env: NodeJS.ProcessEnv, args: string[]): Promise<{ code: unknown; said: string }> => {
  const child = spawn(executable, args, { env: { ...process.env, ...env } })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  const [code] = (await once(child, 'close')) as unknown[]
  return { code, said }
}

test('a missing Chromium is a sentence that says what to do', async () => {
  const userData = `--user-data-dir=${userDataOfItsOwn()}`
  const { code, said } = await failing({ CHROMIUM_PATH: '/nowhere/chromium' }, [fixtureApp, userData])
  expect(code).toBe(1)
  expect(said).toContain('CHROMIUM_PATH names /nowhere/chromium, which is not there.')
})

test('a missing app is a sentence too', async () => {
  const { code, said } = await failing({}, ['/nowhere/app'])
  expect(code).toBe(1)
  expect(said).toContain('There is no app at /nowhere/app.')
})
