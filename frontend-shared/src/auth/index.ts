export { AuthLayout } from './AuthLayout.tsx'
export { passwordError, SetPasswordForm } from './SetPasswordForm.tsx'
export { SignInForm } from './SignInForm.tsx'
export { register } from '../session/auth.ts'
