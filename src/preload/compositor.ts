import { passPort } from './pass-port.ts'

passPort()
