/*
The packages as npm gets them. A tool, because no user needs it; `tests/runtimes` packs and installs with it too.
*/
export { installPackages } from './packing/install-packages.ts'
export { type InstalledPackage, installedPackages, type PackedManifest } from './packing/installed-package.ts'
export { packPackages } from './packing/pack-packages.ts'
export { type RunOptions, run } from './run.ts'
export { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts'
export { WORKSPACE } from './workspace.ts'
