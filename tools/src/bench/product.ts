/** The process that is measured: the whole product. */
import { serveMeasured } from './serve-measured.ts'

await serveMeasured((engine) => engine)
