import { bundlePackage } from './bundle-package.ts'

// Package scripts run in the folder of their package.
await bundlePackage(process.cwd())
