/** Accounts, posts and badges are of people who serve, whose names stand on boards; of residents nothing is told. */
import { tellNothing, type Tells } from '../kernel/tells.ts'

export const identityTells: Tells = tellNothing(
  'signIn',
  'signOut',
  'holdSession',
  'whoAmI',
  'changePassword',
  'prepareSecondFactor',
  'confirmSecondFactor',
  'givePosting',
  'endPosting',
  'listDepartments',
  'saveDepartment',
  'listRoles',
  'myBadge',
  'issueBadge',
  'revokeBadge',
  'listBadges',
  'printBadge',
  'listAccounts',
  'openAccount',
  'closeAccount',
  'resetPassword',
  'unlockAccount',
)
