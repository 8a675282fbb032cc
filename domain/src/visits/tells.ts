/** What endpoints of visits tell about whom is visited. */
import { tellNothing, type Tells } from '../kernel/tells.ts'

export const visitTells: Tells = {
  ...tellNothing(
    'listForms',
    'saveForm',
    'listRules',
    'saveRule',
    'orderTask',
    'dropTask',
    'saveCampaign',
    'endCampaign',
    'listCampaigns',
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
  // What a visit is made for may say what somebody is: left behind.
  listTasks: [{ of: ['own'], facts: ['id', 'kind', 'place', 'care'] }],
  exportTasks: [{ of: ['own'], facts: ['kind', 'place', 'care'] }],
  listHazards: [{ of: ['own'], facts: ['id', 'place'] }],
  listVisits: [
    { of: ['own'], facts: ['id'] },
    { of: ['own'], facts: ['name', 'visits'], with: ['registry.read', 'visit.write', 'overlay.keep'] },
  ],
  listServices: [{ of: ['own'], facts: ['id', 'name', 'place', 'service'] }],
}
