export { ProfilePage } from './ProfilePage.tsx'
export { SessionList } from './SessionList.tsx'
