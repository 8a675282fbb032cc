import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({ base: '/field/', plugins: [react()], build: { target: 'chrome100' }, server: { proxy: { '/api': 'http://127.0.0.1:8080' } } })
