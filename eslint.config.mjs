import { defineConfig } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Present on https:// and localhost only; a guest's page comes over http:// from a LAN address. */
const secureContextOnly = [
  ['crypto', 'randomUUID'],
  ['crypto', 'subtle'],
  ['navigator', 'clipboard'],
  ['navigator', 'storage'],
  ['navigator', 'serviceWorker'],
]

const normalizing = {
  selector: "CallExpression[callee.property.name='normalize']",
  message: 'Quadratic in combining marks: use compose() of shared/text.',
}
const askingTheKind = {
  selector: 'Literal[value=/^(stompbox|stomp)$/]',
  message: 'Ask the dialect of a server, or its features, and not its kind (decision 18).',
}

export default defineConfig(
  {
    ignores: [
      '**/node_modules',
      '**/.types',
      'out',
      'dist',
      '.cache',
      'test-results',
      'playwright-report',
      // electron-vite writes its config there for a moment; a build beside the lint must not fail it.
      'electron.vite.config.ts.*.mjs',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 400 }],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['{main,preload,renderer,shared,bench}/**/*.{ts,tsx}'],
    rules: { 'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx', 'test/renderer/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    // It warns of what the React Compiler would skip; there is no React Compiler here.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx', 'shared/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...secureContextOnly.map(([object, property]) => ({
          object,
          property,
          message: 'Missing on http:// from a LAN address.',
        })),
      ],
      'no-restricted-globals': ['error', { name: 'Notification', message: 'The main process notifies.' }],
    },
  },
  {
    files: ['main/**/*.ts', 'shared/**/*.ts'],
    ignores: ['shared/text/compose.ts'],
    rules: { 'no-restricted-syntax': ['error', normalizing] },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx', 'shared/core/**/*.ts'],
    ignores: ['shared/core/dialect/**'],
    rules: { 'no-restricted-syntax': ['error', normalizing, askingTheKind] },
  },
  {
    // What talks to a terminal.
    files: ['bench/**/*.ts', 'scripts/**/*.mjs', 'test/faults/matrix.test.ts', 'main/host/cli/index.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      // Playwright's fixtures are destructured from an empty pattern.
      'no-empty-pattern': 'off',
    },
  },
)
