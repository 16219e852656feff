/** The house rules that no other tool looks after. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean)
const lines = (file: string): number => readFileSync(join(root, file), 'utf8').split('\n').length

const { forbidden = [], options } = await extractConfig(join(root, '.dependency-cruiser.mjs'))

const cruiseTree = async (baseDir: string): Promise<ICruiseResult> => {
  const { output } = await cruise(['main', 'preload', 'renderer', 'shared'], {
    ...options,
    baseDir,
    ruleSet: { forbidden },
    validate: true,
  })
  if (typeof output === 'string') throw new Error(output)
  return output
}

test('no source file is longer than 400 lines, and half of them are at most 100', () => {
  const sources = tracked.filter(file => /\.(ts|tsx|mjs|cjs|js|css)$/.test(file))
  expect(sources.filter(file => lines(file) > 400)).toEqual([])
  const sizes = sources.map(lines).sort((a, b) => a - b)
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(100)
})

test('no folder of the source holds more than 24 modules', () => {
  const sources = tracked.filter(file => /^(main|preload|renderer|shared)\/.*\.tsx?$/.test(file))
  const folders = Map.groupBy(sources, dirname)
  expect([...folders].filter(([, files]) => files.length > 24).map(([folder]) => folder)).toEqual([])
})

test('the check of import directions sees every source file and what it imports', async () => {
  const sources = tracked.filter(
    file => /^(main|preload|renderer|shared)\/.*\.tsx?$/.test(file) && !file.endsWith('.d.ts'),
  )
  const { modules } = await cruiseTree(root)
  const cruised = new Map(modules.map(module => [module.source, module.dependencies.length]))
  expect(sources.filter(file => !cruised.has(file))).toEqual([])
  const importing = sources.filter(file =>
    /^import .* from '\.[^']*\.tsx?'/m.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(importing.filter(file => cruised.get(file) === 0)).toEqual([])
})

test('the check of import directions finds what is forbidden', async () => {
  const tree = mkdtempSync(join(tmpdir(), 'house-'))
  const files = {
    'shared/contract/model.ts': 'export const a = 1',
    'shared/core/commands/messenger.ts': "import '../../../main/cache/open.ts'",
    'shared/cache/summary.ts': "import '../core/ports.ts'",
    'shared/core/ports.ts': 'export const a = 1',
    'main/cache/open.ts': "import 'node:net'\nimport '../broker/broker.ts'",
    'main/sqlite/open.ts': "import '../cache/open.ts'",
    'main/broker/broker.ts': "import '../host/host.ts'",
    'main/host/host.ts': "import '../broker/broker.ts'",
    'preload/index.ts': "import 'node:fs'",
    'shared/text/compose.ts': "import '../contract/model.ts'",
    'renderer/store/store.ts': "import '../../shared/core/commands/messenger.ts'",
    'main/host/rooms/rooms.ts': "import '../app/create-room.ts'",
    'main/host/app/create-room.ts': 'export const a = 1',
    'main/host/app/list-rooms.ts': "import '../rooms/access.ts'",
    'main/host/rooms/access.ts': 'export const a = 1',
  }
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, file)), { recursive: true })
      writeFileSync(join(tree, file), text)
    }
    const { summary } = await cruiseTree(tree)
    const found = new Set(summary.violations.map(({ rule, from }) => `${rule.name} ${from}`))
    expect(found).toEqual(
      new Set([
        'layer-core shared/core/commands/messenger.ts',
        'layer-cache-rules shared/cache/summary.ts',
        'layer-cache main/cache/open.ts',
        'only-importer-of-node-net main/cache/open.ts',
        'layer-sqlite main/sqlite/open.ts',
        'layer-broker main/broker/broker.ts',
        'no-cycles main/broker/broker.ts',
        'no-cycles-between-folders main/broker',
        'no-cycles-between-folders main/host',
        'no-cycles-between-folders main/host/app',
        'no-cycles-between-folders main/host/rooms',
        'layer-preload preload/index.ts',
        'layer-text shared/text/compose.ts',
        'layer-renderer renderer/store/store.ts',
      ]),
    )
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
})
