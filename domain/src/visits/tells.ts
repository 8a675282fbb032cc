/** What endpoints of visits tell about whom is visited. */
import { tellNothing, type Tells } from '../kernel/tells.ts'

const serves = ['visit.write', 'overlay.keep'] as const
const knows = ['registry.read', ...serves] as const

export const visitTells: Tells = {
  ...tellNothing(
    'listForms',
    'saveForm',
    'listRules',
    'saveRule',
    'orderTask',
    'dropTask',
    'endHazard',
    'saveCampaign',
    'endCampaign',
    'listCampaigns',
    'countGridTasks',
    'exportCampaigns',
    'getRota',
    'weighOrder',
    'listSafety',
    'recordVisit',
    'takeService',
    'moveService',
    'shareSafety',
    'endSafety',
  ),
  // What a visit is made for may say what somebody is: left behind. For whom one is due for care is told to who serves him.
  listTasks: [
    { of: ['own'], facts: ['id', 'kind', 'place', 'care'], with: serves },
    { of: ['own'], facts: ['id', 'kind', 'place'], with: 'registry.read' },
  ],
  exportTasks: [{ of: ['own'], facts: ['kind', 'place', 'care'], with: serves }],
  listHazards: [{ of: ['own'], facts: ['id', 'place'], with: knows }],
  listVisits: [{ of: ['own'], facts: ['id', 'name', 'visits'], with: knows }],
  listServices: [{ of: ['own'], facts: ['id', 'name', 'place', 'service'] }],
}
