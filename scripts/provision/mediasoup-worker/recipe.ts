// How mediasoup's worker is built where its prebuilt binary can't be fetched: from the C++ source in the npm package,
// with the system's libraries in place of the ones that its build would download. Written for mediasoup 3.27 and
// Debian 12. Only data; ../worker-build.ts carries it out. The binary is linked dynamically, so that the system's
// security updates reach it; it runs only where those libraries are.

/** A meson subproject that stands where a downloaded library would be unpacked. */
export type Overlay = {
  /** The name of its .wrap file, which also says into which folder the download would go. */
  readonly wrap: string
  readonly language: 'c' | 'cpp'
  /** Options that the worker's build passes and that mean nothing here. */
  readonly options?: readonly string[]
  /** A folder of headers below shims/ that gives the library the interface which the worker expects. */
  readonly shim?: string
  /** The worker's names for what it uses, as meson expressions. */
  readonly dependencies: Readonly<Record<string, string>>
  /** Static libraries that the worker links whole: empty ones, since the real ones are shared. */
  readonly libraries: readonly string[]
}

const shimmed = (dependency = ''): string =>
  `declare_dependency(include_directories: include_directories('include')${dependency})`

export const overlays: readonly Overlay[] = [
  {
    wrap: 'libuv',
    language: 'c',
    options: ['build_tests', 'build_benchmarks'],
    dependencies: { libuv_dep: "dependency('libuv')" },
    libraries: ['libuv']
  },
  {
    wrap: 'openssl',
    language: 'c',
    dependencies: { openssl_dep: "dependency('openssl', version: '>=3.0')" },
    libraries: ['libcrypto_lib', 'libssl_lib']
  },
  {
    // The worker wants the interface of version 3, which no distribution has yet; the shim puts it over version 2.
    wrap: 'libsrtp3',
    language: 'c',
    options: ['crypto-library', 'crypto-library-kdf', 'tests'],
    shim: 'srtp',
    dependencies: { libsrtp3_dep: shimmed(", dependencies: dependency('libsrtp2', version: '>=2.5')") },
    libraries: ['libsrtp3']
  },
  {
    wrap: 'flatbuffers',
    language: 'cpp',
    dependencies: { flatbuffers_dep: "dependency('flatbuffers')" },
    libraries: ['flatbuffers_lib']
  },
  {
    wrap: 'abseil-cpp',
    language: 'cpp',
    dependencies: {
      absl_strings_dep: "dependency('absl_strings')",
      absl_types_dep: "dependency('absl_optional')",
      // Headers only, and the two above bring their folder.
      absl_container_dep: 'declare_dependency()'
    },
    libraries: ['absl_container_lib']
  },
  {
    // Not in Debian; the shim gives the standard library's containers its names.
    wrap: 'unordered-dense',
    language: 'cpp',
    shim: 'unordered-dense',
    dependencies: { ankerl_unordered_dense_dep: shimmed() },
    libraries: []
  }
]

const array = (items: readonly string[]): string => items.map((item) => `'${item}'`).join(', ')

/** The overlay's meson.build. */
export const mesonBuild = (overlay: Overlay): string =>
  [
    `project('${overlay.wrap}', '${overlay.language}', version: 'system')`,
    ...Object.entries(overlay.dependencies).map(([name, expression]) => `${name} = ${expression}`),
    ...overlay.libraries.map(
      (name) => `${name} = static_library(${array([`${name}-of-the-system`, emptySource(overlay)])})`
    )
  ].join('\n') + '\n'

/** The overlay's meson_options.txt. */
export const mesonOptions = (overlay: Overlay): string =>
  (overlay.options ?? []).map((name) => `option('${name}', type: 'string', value: '')\n`).join('')

/** The name of the source file of the empty libraries. */
export const emptySource = (overlay: Overlay): string => `empty.${overlay.language}`
