import type { Role } from "./viewer.ts";

/** What people are told of each role, in mails and in the console alike. */
export const roleWords: Record<Role, { title: string; article: "a" | "an"; sentence: string }> = {
  owner: { title: "Owner", article: "an", sentence: "Sees the whole log and may change everything, other owners and retention included." },
  admin: { title: "Admin", article: "an", sentence: "Sees the log and manages members, teams and settings, but neither owners nor retention." },
  member: { title: "Member", article: "a", sentence: "Sees what they did or caused, and the log of teams that they are an admin of." },
  auditor: { title: "Auditor", article: "an", sentence: "From outside: sees what a grant covers, until it ends." },
};
