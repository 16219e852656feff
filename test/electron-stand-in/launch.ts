/** How this process was started: what Electron reads from its command line and the app's `package.json`. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'

const appPackageSchema = z.object({
  name: z.string().optional(),
  productName: z.string().optional(),
  version: z.string().optional(),
  main: z.string().optional(),
})
/** The fields of the app's `package.json` that Electron reads. */
type AppPackage = z.infer<typeof appPackageSchema>

export interface Launch {
  /** Folder of the app, as `app.getAppPath()` tells it. */
  appPath: string
  /** The main script. */
  entry: string
  package: AppPackage
  /** Modules to load before the app (`-r`). */
  requires: string[]
  /** Chromium's and Electron's own switches, without the dashes. */
  switches: Map<string, string>
}

const readPackage = (folder: string): AppPackage => {
  const file = join(folder, 'package.json')
  return appPackageSchema.parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})
}

const packageFolder = (from: string): string => {
  let folder = from
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

/** @returns the launch that `electron [switches] <folder or file> [arguments]` asks for; throws a sentence where there is no app. */
const parseCommandLine = (args: readonly string[]): Launch => {
  const switches = new Map<string, string>()
  const requires: string[] = []
  let path: string | undefined
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    const [, name, value] = /^--([^=]+)=?(.*)$/s.exec(arg) ?? []
    if (arg === '-r' || arg === '--require') requires.push(args[++at] ?? '')
    else if (name !== undefined) switches.set(name, value ?? '')
    else if (path === undefined && !arg.startsWith('-')) path = resolve(arg)
  }
  if (path === undefined || !existsSync(path))
    throw new Error(`There is no app at ${path ?? 'no path given'}.`)
  const isFolder = statSync(path).isDirectory()
  const appPath = packageFolder(isFolder ? path : dirname(path))
  const appPackage = readPackage(appPath)
  const entry = isFolder ? resolve(path, appPackage.main ?? 'index.js') : path
  return { appPath: isFolder ? path : appPath, entry, package: appPackage, requires, switches }
}

/** Of this process. */
export const launch = parseCommandLine(process.argv.slice(2))
