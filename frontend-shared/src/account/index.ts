export { deviceOf } from './device.ts'
export { ProfilePage } from './ProfilePage.tsx'
