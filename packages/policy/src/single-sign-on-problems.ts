/** Every way in which single sign-on says no. The page shows the sentence; the log has both. */
export const singleSignOnProblems = {
  start_again: "This sign-in was begun in another browser, too long ago, or is used up. Begin again.",
  begun_elsewhere: "A page of another site began this sign-in. Begin it here, if you meant to sign in.",
  no_provider: "There is no single sign-on here. Sign in another way.",
  not_in_plan: "Single sign-on is not part of this organization's plan. Sign in another way.",
  too_many: "Too many attempts. Wait a minute and try again.",
  failed: "Daybook could not finish this sign-in. Try again in a moment.",
  unreachable: "The sign-in provider could not be reached. Try again later, or ask an admin of your organization.",
  misconfigured: "The sign-in provider and Daybook are not set up for each other. An admin of your organization can test the provider in the settings.",
  denied_by_provider: "The sign-in provider did not let you in.",
  bad_answer: "The sign-in provider's answer could not be trusted. Begin again; if that does not help, ask an admin of your organization.",
  no_email: "The sign-in provider does not say which e-mail address is yours. An admin of your organization can change that there.",
  email_not_verified: "The sign-in provider does not say that your e-mail address is verified.",
  other_domain: "Your e-mail address is not of a domain that this provider may sign in.",
  not_a_member: "You are not a member of this organization. An owner or admin of it can invite you.",
  suspended: "Your access to this organization is suspended. An owner or admin of it can lift that.",
  other_subject: "Another account of the sign-in provider is linked to this e-mail address. An admin of your organization can look into it.",
} as const;
export type SingleSignOnProblem = keyof typeof singleSignOnProblems;
