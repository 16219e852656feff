/** `npm start`: the messenger on Electron; without Electron, on the stand-in; without a display, only the host. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import {
  ensureBuild,
  ensureDependencies,
  environment,
  findChromium,
  giveUp,
  hasElectron,
  npm,
  root,
  say,
} from './setup.mjs'

const given = process.argv.slice(2)

/**
 * Runs a program of the project until it ends, and exits in the same way.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [extra]
 */
const become = (program, args, extra = {}) => {
  const child = spawn(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...environment(), ...extra },
    shell: process.platform === 'win32',
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  child.on('error', error => giveUp(`${program} could not be started: ${error.message}`))
  child.on('exit', code => process.exit(code ?? 1))
}

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

/**
 * Downloads Electron's program, which is not part of its npm package. @returns {boolean} whether it is installed now
 */
const fetchElectron = () => {
  say('Downloading Electron (once) …')
  npm(['exec', '--no', '--', 'install-electron'], { quiet: true })
  return hasElectron()
}

ensureDependencies()
if (hasDisplay() && (hasElectron() || fetchElectron())) {
  ensureBuild()
  become('electron', ['.', ...given])
} else if (hasDisplay() && findChromium()) {
  say(
    'Electron could not be downloaded, so Chromium shows the window through the stand-in used for tests: the tray and ' +
      'notifications stay invisible. For the full app run `npx install-electron` where its download site can be reached.',
  )
  ensureBuild()
  become('electron', ['.', ...given], {
    ELECTRON_OVERRIDE_DIST_PATH: join(root, 'test', 'electron-stand-in', 'dist'),
    ELECTRON_STANDIN_HEADFUL: '1',
  })
} else {
  say(
    hasDisplay()
      ? 'Neither Electron nor Chromium is installed to show the window: run `npx install-electron`, or install Chromium. Until then the host runs without a window; stop it with Ctrl+C.'
      : 'There is no display (DISPLAY and WAYLAND_DISPLAY are empty), so the host runs without a window; stop it with Ctrl+C. Start it from a desktop session to get a window.',
  )
  say('Its address is in the next line; any STOMP client can connect to it.')
  become('node', ['--max-semi-space-size=8', 'main/host/cli/index.ts', ...given])
}
