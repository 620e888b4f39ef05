export { BrandingProvider, brandingKey, useBranding } from './BrandingProvider.tsx'
export { dress, fetchBranding, fullName, keptBranding, plainBranding, type Branding } from './store.ts'
