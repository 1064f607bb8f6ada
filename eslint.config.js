// The project's lint: strict typed rules, and the architecture's import table (ARCHITECTURE.md) as rules, so that
// what may run where, and who may import whom, is checked and not remembered. Formatting is Prettier's alone.
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** Nothing but relative paths, and `except`. @param {string} message @param {string[]} except */
const noPackages = (message, except = []) => ({
  regex: `^(?!\\.{1,2}/)${except.map((name) => `(?!${name}(/|$))`).join('')}`,
  message
})

/** No import that climbs out of a folder and down into one of these. @param {string[]} folders @param {string} message */
const noFolders = (folders, message) => ({ regex: `^(\\.\\./)+(${folders.join('|')})/`, message })

/** @param {string} message @param {string[]} names */
const noNamed = (message, ...names) => ({ regex: `^(${names.join('|')})(/|$)`, message })

/** @param {...object} patterns @returns {import('eslint').Linter.RulesRecord} */
const imports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

// Code that is a function of its arguments: time, chance and I/O are handed in, so that tests can hand in others.
const impureGlobals = [
  'Date',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'queueMicrotask',
  'performance',
  'process',
  'fetch',
  'crypto',
  'WebSocket',
  'window',
  'document',
  'navigator'
].map((name) => ({ name, message: 'This file is pure: what it needs from the world is handed to it.' }))

/** @type {import('eslint').Linter.RulesRecord} */
const pure = {
  'no-restricted-globals': ['error', { globals: impureGlobals, checkGlobalObject: true }],
  'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Chance is handed in.' }]
}

const outside = ['main', 'preload', 'renderer', 'server', 'scripts', 'test']
const notBuilt = noFolders(['scripts', 'test'], 'The product does not import its scripts or tests.')
const commonOnly = 'Pure code: of all imports only common/ and the files beside it.'

export default defineConfig(
  { ignores: ['node_modules', 'dist', 'out', '.tamas', 'test-results'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] }
    },
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      eqeqeq: 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      // `() => void` where a value comes back is the normal shape of a callback here.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/only-throw-error': 'error',
      // `Record<never, never>` is the payload of a message that carries nothing.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // Replaced in Electron 45 by what the oldest Electron that the source is written for does not have.
      '@typescript-eslint/no-deprecated': [
        'error',
        {
          allow: [
            { from: 'package', package: 'electron', name: ['isEncryptionAvailable', 'encryptString', 'decryptString'] }
          ]
        }
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A `default: return unreachable(x)` is the run-time half of the same promise, so it may stand beside all cases.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: true, requireDefaultForNonUnion: true }
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  // TypeScript knows which names exist.
  { files: ['**/*.ts', '**/*.svelte', '**/*.svelte.ts'], rules: { 'no-undef': 'off' } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // `let` is how a rune's variable is declared even where only the template writes it.
      'prefer-const': 'off',
      // The linter knows a component's props and a template's events as `any` and narrows a rune as if it never changed;
      // svelte-check knows their types and checks them.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived', '$state'] }]
    }
  },

  // Who may import whom.
  {
    files: ['common/**'],
    rules: {
      ...imports(noPackages('common/ stands on nothing.'), noFolders(outside, 'common/ stands on nothing.')),
      ...pure
    }
  },
  {
    files: ['common/protocol/**'],
    rules: imports(
      noPackages('Schemas stand on zod alone, and on the types of WebRTC parameters.', [
        'zod',
        'mediasoup-client/types'
      ]),
      noFolders(outside, 'common/ stands on nothing.')
    )
  },
  {
    files: ['main/**'],
    ignores: ['main/index.ts', 'main/ipc/**', 'main/call/**'],
    rules: {
      ...imports(
        { regex: '^electron$', importNames: ['ipcMain'], message: 'Only the doorman (main/ipc) touches ipcMain.' },
        noFolders(['renderer', 'server', 'preload'], 'main/ imports common/ and itself.'),
        notBuilt
      ),
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='send'][callee.object.property.name='webContents']",
          message: 'Only the doorman (main/ipc) sends to pages.'
        }
      ]
    }
  },
  {
    // index hands the doorman what it opens.
    files: ['main/index.ts', 'main/ipc/**'],
    rules: imports(noFolders(['renderer', 'server', 'preload'], 'main/ imports common/ and itself.'), notBuilt)
  },
  {
    files: ['main/call/**'],
    rules: imports(
      noNamed('The call meets the world through its ports.', 'electron', 'node:.*', 'socket.io-client'),
      noFolders(
        ['shell', 'ipc', 'session', 'store'],
        'The call meets the rest of main through ports that index hands in.'
      ),
      noFolders(['renderer', 'server', 'preload'], 'main/ imports common/ and itself.'),
      notBuilt
    )
  },
  {
    files: [
      'main/call/{machine,view}*.ts',
      'main/call/{machine,view}/**',
      'main/session/{back-off,backoff,requester}*.ts',
      'renderer/media/{recovery,line-}*.ts',
      'renderer/headset/{telephony,reports,sync,headset-deeds}.ts',
      'renderer/preflight/{findings,machine,report,words}.ts',
      'server/calls/**'
    ],
    rules: {
      ...imports(
        noPackages(commonOnly),
        noFolders(['shell', 'ipc', 'session', 'store', 'http', 'socket', 'media', ...outside], commonOnly)
      ),
      ...pure
    }
  },
  {
    // What a stored call must look like is a schema like those of the protocol.
    files: ['server/calls/schema.ts'],
    rules: imports(noPackages(commonOnly, ['zod']))
  },
  {
    files: ['preload/**'],
    rules: imports(
      noPackages('The bridge stands on Electron alone.', ['electron']),
      {
        regex: '^(\\.\\./)+common/(?!ipc)',
        allowTypeImports: true,
        message: 'The bridge imports names and types of common/ipc only.'
      },
      noFolders(['main', 'renderer', 'server'], 'The bridge imports names and types of common/ipc only.'),
      notBuilt
    )
  },
  {
    files: ['renderer/**'],
    ignores: ['renderer/ui/**', 'renderer/media/**', 'renderer/headset/{telephony,reports,sync,headset-deeds}.ts'],
    rules: imports(
      noNamed('A page has a browser and nothing else.', 'electron', 'node:.*', 'socket.io-client', 'zod'),
      {
        regex: '^(\\.\\./)+common/protocol/',
        allowTypeImports: true,
        message: 'Pages trust what main has parsed: types only.'
      },
      noFolders(['main', 'preload', 'server'], 'Pages talk to main through the bridge only.'),
      notBuilt
    )
  },
  {
    files: ['renderer/ui/**'],
    ignores: ['renderer/ui/{App,app}.svelte'],
    rules: imports(
      noNamed(
        'A page has a browser and nothing else.',
        'electron',
        'node:.*',
        'socket.io-client',
        'zod',
        'mediasoup-client'
      ),
      {
        regex: '(^|/)(bridge|media|headset)(/|\\.ts$)',
        allowTypeImports: true,
        message: 'Components are handed state and actions.'
      },
      {
        regex: '^(\\.\\./)+common/protocol/',
        allowTypeImports: true,
        message: 'Pages trust what main has parsed: types only.'
      },
      noFolders(['main', 'preload', 'server'], 'Pages talk to main through the bridge only.'),
      notBuilt
    )
  },
  {
    files: ['renderer/media/**'],
    ignores: ['renderer/media/{recovery,line-}*.ts'],
    rules: imports(
      noPackages('The engine stands on mediasoup-client alone.', ['mediasoup-client']),
      { regex: '\\.svelte(\\.ts)?$|(^|/)ui/', message: 'The engine knows no components.' },
      {
        regex: '^(\\.\\./)+common/protocol/',
        allowTypeImports: true,
        message: 'Pages trust what main has parsed: types only.'
      },
      noFolders(['main', 'preload', 'server'], 'Pages talk to main through the bridge only.'),
      notBuilt
    )
  },
  {
    files: ['server/**'],
    ignores: ['server/calls/**'],
    rules: imports(
      noNamed('The server knows no app.', 'electron', 'svelte', 'mediasoup-client', 'socket.io-client'),
      noFolders(['main', 'renderer', 'preload'], 'The server knows no app.'),
      notBuilt
    )
  },

  // Where people read the terminal.
  { files: ['scripts/**', 'test/bench/**'], rules: { 'no-console': 'off' } },
  // Their tools want a default export.
  {
    files: ['*.config.{js,ts}', '**/*.config.{js,ts}', '**/*.svelte', 'test/**/global-*.ts'],
    rules: { 'no-restricted-exports': 'off' }
  },
  {
    files: ['test/**'],
    rules: {
      // Tables of cases read best whole, and a fake need not be asynchronous inside to stand for what is.
      'max-lines': ['error', { max: 500 }],
      '@typescript-eslint/require-await': 'off'
    }
  },
  // JavaScript that runs under whatever starts it; its types are checked by tsc where it has any.
  {
    files: ['**/*.{js,cjs,mjs}'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node }
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } }
)
