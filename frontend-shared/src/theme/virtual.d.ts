declare module 'virtual:bsm-theme.css'
