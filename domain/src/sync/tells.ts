/** What phones and the desk behind them are told about a person. */
import { tellNothing, type Tells } from '../kernel/tells.ts'

export const syncTells: Tells = {
  ...tellNothing(
    'enrolDevice',
    'recoverKey',
    // Each act is answered as the endpoint of its name answers.
    'push',
    'handIn',
    'listDevices',
    'wipeDevice',
    'readHandedPhoto',
    'decideInbox',
  ),
  // A phone holds the people of grids whose registry its holder reads; of a guest his name, that his house is known.
  pull: [
    {
      of: ['own'],
      facts: [
        'id',
        'name',
        'kind',
        'place',
        'sex',
        'born',
        'phone-mask',
        'id-held',
        'more-held',
        'home',
        'housemates',
        'care',
      ],
      with: 'registry.read',
    },
    { of: ['own'], facts: ['service'], with: ['visit.read', 'visit.write'] },
    { of: ['guest'], facts: ['id', 'name', 'kind', 'place', 'home', 'housemates'], with: 'registry.read' },
  ],
  listInbox: [{ of: ['own'], facts: ['id', 'name', 'phone-mask', 'id-held', 'more-held'], with: 'registry.read' }],
}
