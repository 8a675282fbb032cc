import { Gauge } from 'prom-client'

/** Senders whose rows wait for the next group, by writer. */
export const groupsWaiting = new Gauge({
  name: 'fengge_group_waiting',
  help: 'Senders whose rows wait to be written together, by writer',
  labelNames: ['writer'],
  registers: [],
})
