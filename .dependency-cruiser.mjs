/** Who may import whom; the same list as in docs/ARCHITECTURE.md. Tests and benchmarks may import everything. */

/** What a layer may import: folders of ours and packages. */
const layers = [
  {
    name: 'contract',
    path: '^shared/contract/',
    ours: ['^shared/contract/', '^shared/protocol/'],
    packages: ['zod'],
  },
  {
    name: 'i18n',
    path: '^shared/i18n/',
    ours: ['^shared/i18n/', '^shared/contract/', '^shared/text/'],
    packages: ['i18next'],
  },
  { name: 'stomp', path: '^shared/stomp/', ours: ['^shared/stomp/'], packages: [] },
  {
    name: 'text',
    path: '^shared/text/',
    ours: ['^shared/text/'],
    packages: ['@lezer/markdown', '@lezer/common'],
  },
  {
    name: 'protocol',
    path: '^shared/protocol/',
    ours: ['^shared/protocol/', '^shared/text/'],
    packages: ['zod', 'nanoid'],
  },
  {
    name: 'bridge',
    path: '^shared/bridge/',
    ours: ['^shared/bridge/', '^shared/contract/'],
    packages: ['zod'],
  },
  {
    name: 'cache-rules',
    path: '^shared/cache/',
    ours: ['^shared/cache/', '^shared/contract/', '^shared/protocol/'],
    packages: [],
  },
  {
    name: 'core',
    path: '^shared/core/',
    ours: [
      '^shared/core/',
      '^shared/cache/',
      '^shared/contract/',
      '^shared/protocol/',
      '^shared/stomp/',
      '^shared/text/',
    ],
    packages: ['zod', '@stomp/stompjs'],
  },
  {
    name: 'sqlite',
    path: '^main/sqlite/',
    ours: ['^main/sqlite/', '^shared/contract/'],
    packages: ['better-sqlite3'],
    node: true,
  },
  {
    name: 'cache',
    path: '^main/cache/',
    ours: [
      '^main/cache/',
      '^main/sqlite/',
      '^shared/contract/',
      '^shared/core/ports\\.ts$',
      '^shared/cache/',
      '^shared/protocol/',
      '^shared/text/',
    ],
    packages: ['better-sqlite3', 'birpc', 'zod'],
    node: true,
  },
  {
    name: 'broker',
    path: '^main/broker/',
    ours: ['^main/broker/', '^shared/stomp/', '^shared/contract/'],
    packages: ['ws', 'zod'],
    node: true,
  },
  {
    name: 'host',
    path: '^main/host/',
    ours: [
      '^main/host/',
      '^main/broker/',
      '^main/sqlite/',
      '^shared/stomp/',
      '^shared/contract/',
      '^shared/i18n/',
      '^shared/protocol/',
      '^shared/text/',
    ],
    packages: [
      'better-sqlite3',
      'birpc',
      'commander',
      'pino',
      'zod',
      'nanoid',
      'i18next',
      'dns-packet',
      '@peculiar/x509',
      'reflect-metadata',
      'prom-client',
      'uqr',
    ],
    node: true,
  },
  {
    name: 'preload',
    path: '^preload/',
    ours: ['^preload/', '^shared/contract/', '^shared/bridge/'],
    packages: ['electron'],
  },
  {
    name: 'renderer',
    path: '^renderer/(?!guest)',
    ours: ['^renderer/', '^shared/contract/', '^shared/bridge/', '^shared/i18n/', '^shared/text/'],
    packages: ['.*'],
  },
]

/** @param {string} name */
const escape = name => name.replaceAll(/[/.\-@]/g, '\\$&')
/**
 * npm packages resolve to a path under node_modules, types of theirs under @types.
 * @param {string} name
 */
const packagePath = name => (name === '.*' ? 'node_modules/' : `node_modules/(@types/)?${escape(name)}(/|$)`)

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const layerRules = layers.map(layer => ({
  name: `layer-${layer.name}`,
  severity: 'error',
  from: { path: layer.path },
  to: {
    pathNot: [...layer.ours, ...layer.packages.map(packagePath), ...(layer.node ? [] : [])],
    ...(layer.node && { dependencyTypesNot: ['core'] }),
  },
}))

/** Packages and modules of Node that only these files may import. */
const singleImporters = [
  {
    what: 'electron',
    to: packagePath('electron'),
    from: '^(main/(index|app/|bridge/|desktop/|files/)|preload/)',
  },
  { what: 'better-sqlite3', to: packagePath('better-sqlite3'), from: '^main/(sqlite/|cache/|host/history)' },
  { what: '@stomp/stompjs', to: packagePath('@stomp/stompjs'), from: '^shared/core/session/wire\\.ts$' },
  {
    what: 'ws',
    to: packagePath('ws'),
    from: '^main/(broker/transport/(listen-|websocket)|network/sockets\\.ts$)',
  },
  {
    what: 'uqr',
    to: packagePath('uqr'),
    from: '^(main/host/cli/terminal-code|renderer/ui/marks/QrCode)\\.tsx?$',
  },
  {
    what: 'node-net',
    to: '^(node:)?(net|tls)$',
    from: '^main/(broker/transport/(listen-|socket-bounds|tcp)|network/(doctor/|(sockets|tcp-socket|web-request|pinned-certificate|trust|diagnose)\\.ts$))',
  },
]
/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const singleImporterRules = singleImporters.map(rule => ({
  name: `only-importer-of-${rule.what.replaceAll(/[^a-z0-9-]/g, '')}`,
  severity: 'error',
  from: { path: '^(shared|main|preload|renderer)/', pathNot: rule.from },
  to: { path: rule.to },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycles-between-folders',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(main|preload|renderer|shared)' },
      to: { circular: true },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { path: '^(shared|main|preload|renderer)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-development-packages-at-run-time',
      severity: 'error',
      from: { path: '^(shared|main)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: [packagePath('electron'), 'node_modules/@types/'] },
    },
    ...layerRules,
    ...singleImporterRules,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['[.](css|svg|png|woff2)$', '[.]types/'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
}
