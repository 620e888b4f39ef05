export { AuthLayout } from './AuthLayout.tsx'
export { PASSWORD_MAX, PASSWORD_MIN, SetPasswordForm } from './SetPasswordForm.tsx'
export { SignInForm } from './SignInForm.tsx'
export { register } from '../session/auth.ts'
