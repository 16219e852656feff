import { readFileSync } from 'node:fs'

const electronPackage = new URL('node_modules/electron/package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(electronPackage, 'utf8'))

/** Of the packages that main needs at run time: what only their makers need. */
const notAtRunTime = [
  '!**/*.{map,ts,mts,cts,tsx,md,markdown,yml,gyp}',
  '!**/{test,tests,example,examples,benchmarks,docs,.github}{,/**}',
  '!node_modules/.bin{,/**}',
  '!node_modules/better-sqlite3/{deps,src,build}{,/**}',
  '!node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}).node',
  '!node_modules/node-addon-api{,/**}',
  '!node_modules/zod/{src,v3}{,/**}',
  '!node_modules/zod/**/*.cjs',
  // Builds for others than Node.
  '!node_modules/@peculiar/asn1-*/build/es2015{,/**}',
  '!node_modules/@peculiar/x509/build/x509{,.es}.js',
  '!node_modules/tsyringe/dist/esm*{,/**}',
  // For the host without a window, which is no part of the app: its command line, figures and code to scan.
  '!node_modules/{commander,prom-client,tdigest,bintrees,@opentelemetry,uqr}{,/**}',
]

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'invalid.stompbox.desktop',
  productName: 'Stompbox',
  copyright: 'Copyright © 2026 the Stompbox contributors',
  electronVersion: version,
  // A folder with an unpacked Electron; downloaded where it is not set.
  ...(process.env['ELECTRON_DIST'] && { electronDist: process.env['ELECTRON_DIST'] }),
  // The prebuilt SQLite binaries are N-API: they serve Electron as they are.
  npmRebuild: false,
  directories: { output: 'dist', buildResources: 'resources' },
  files: ['out/**', 'resources/**/*.png', ...notAtRunTime],
  asar: { smartUnpack: false },
  asarUnpack: ['**/*.node'],
  // Invitations. Windows learns of it from the app itself.
  protocols: { name: 'Stompbox', schemes: ['stompbox'] },
  electronLanguages: ['en-US', 'ko'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    // Changing the fuses breaks the ad-hoc signature, and Apple's processors start nothing that is not signed.
    resetAdHocDarwinSignature: process.env['CSC_LINK'] === undefined,
  },
  linux: {
    target: ['AppImage', 'deb'],
    executableName: 'stompbox',
    category: 'Network;InstantMessaging;',
    icon: 'resources/icon.png',
    maintainer: 'Stompbox <maintainers@stompbox.invalid>',
    synopsis: 'A desktop messenger that speaks STOMP',
  },
  mac: {
    target: ['dmg'],
    category: 'public.app-category.social-networking',
    icon: 'resources/icon.png',
    hardenedRuntime: true,
  },
  win: { target: ['nsis'], icon: 'resources/icon.png' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
}
