const bob = { id: "u_bob", name: "Bob Okafor", email: "bob@company.com" };
const acme = { id: "0193aaaa-0000-7000-8000-000000000001", name: "Acme", slug: "acme", timeZone: "Europe/Paris", demo: false };
const member = { role: "member", grants: ["events:read"], without: [], teams: [], formerSlugs: [], barred: null };

/** Who is signed in: Bob, who reads his own part of the log of Acme and may nothing else. */
export const memberSession = () => ({ user: bob, organizations: [{ ...acme, ...member }] });
