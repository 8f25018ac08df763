import type { BlockList } from "node:net";
import { Refusal } from "@daybook/event";
import { may, memberKeyScopes, tokenScopes } from "@daybook/policy";
import type { IpDisplay } from "@daybook/policy";
import { members, organizations, plans, serviceUsers, tokens } from "@daybook/store";
import type { Organization, WorkspaceToken } from "@daybook/store";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { listed, networkList } from "../network-list.ts";
import { kindOfToken } from "../token-text.ts";
import type { TokenKind } from "../token-text.ts";
import { memberViewer, planOf } from "../viewers.ts";
import { hashOfToken } from "./insert-token.ts";

/** Who a token stands for, with what its organization needs at ingest. */
export interface TokenHolder {
  context: Omit<Context, "request">;
  retentionDays: number | null;
  demo: boolean;
  /** What its events carry as their source; null for a token that is not bound. */
  source: string | null;
  /** Null for a token that may be used from anywhere. */
  networks: BlockList | null;
  token: HeldToken;
  organization: Pick<Organization, "id" | "name" | "slug">;
}

/** What its holder may be told of a token. */
export interface HeldToken {
  /** Of the secret that was presented: while a rotation overlaps, the former one has an id of its own. */
  id: string;
  /** The same before and after a rotation. */
  tokenId: string;
  name: string;
  kind: TokenKind;
  scopes: string[];
  allowedCidrs: string[];
  expiresAt: string | null;
  /** Whether a newer secret has taken its place. */
  rotated: boolean;
}

/** Whether a request from this address may use the token. */
export const mayComeFrom = ({ networks }: Pick<TokenHolder, "networks">, ip: string): boolean => networks === null || listed(networks, ip);

const noValidToken = (): Refusal =>
  new Refusal("unauthenticated", "The token is missing, unknown, revoked or expired. An admin can create one under Settings, API tokens.");

/**
 * A refusal for a text that is no token, an unknown, a revoked and an expired one, and one whose holder is gone: all alike to the caller. What can be no
 * token is refused before anything is asked of the database.
 */
export async function authenticateToken(platform: Platform, text: string): Promise<TokenHolder> {
  const kind = kindOfToken(text);
  if (kind === null) throw noValidToken();
  const row = await tokens.findByHash(platform.store.platform, hashOfToken(text));
  const now = platform.now();
  if (!row || row.kind !== kind || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) throw noValidToken();
  const organization = await organizations.find(platform.store.of(row.organizationId), row.organizationId);
  const viewer = organization && (await viewerOf(platform, row, organization));
  if (!viewer) throw noValidToken();
  const { id, name, slug, retentionDays, demo } = organization;
  return {
    context: { viewer, origin: "api" },
    retentionDays,
    demo,
    source: row.source === null ? null : `app:${row.source}`,
    networks: row.allowedCidrs.length === 0 ? null : networkList(row.allowedCidrs),
    organization: { id, name, slug },
    token: {
      id: row.id,
      tokenId: row.rotatedFrom ?? row.id,
      name: row.name,
      kind,
      scopes: [...viewer.scopes],
      allowedCidrs: row.allowedCidrs,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      rotated: row.rotatedFrom !== null,
    },
  };
}

type TokenViewer = Extract<Context["viewer"], { kind: "token" | "member_key" }>;

const viewerOf = (platform: Platform, row: WorkspaceToken, { ipDisplay }: Organization): Promise<TokenViewer | null> =>
  row.userId === null ? workspaceViewer(platform, row, ipDisplay === "masked" ? "masked" : "full") : keyViewer(platform, row, row.userId);

/** The service user acts, where it is one's token; else the token itself does. */
async function workspaceViewer({ store }: Platform, row: WorkspaceToken, ipDisplay: IpDisplay): Promise<TokenViewer | null> {
  const { organizationId } = row;
  const own = store.of(organizationId);
  const serviceUser = row.serviceUserId === null ? null : await serviceUsers.find(own, organizationId, row.serviceUserId);
  if (row.serviceUserId !== null && !serviceUser) return null;
  return {
    kind: "token",
    organizationId,
    tokenId: row.id,
    plan: planOf(await plans.find(own, organizationId)),
    ipDisplay,
    scopes: tokenScopes.filter((scope) => row.scopes.includes(scope)),
    actor: serviceUser
      ? { type: "service_user", id: serviceUser.id, name: serviceUser.name }
      : { type: "api_key", id: row.rotatedFrom ?? row.id, name: row.name },
  };
}

/** A key is worth what its member is worth at this moment: nothing, once they are suspended, removed, or an auditor. */
async function keyViewer(platform: Platform, row: WorkspaceToken, userId: string): Promise<TokenViewer | null> {
  const person = await members.findUser(platform.store.platform, userId);
  const member = person && (await memberViewer(platform, person, row.organizationId).catch(noneForRefusal));
  if (!member || !may(member, "keys:manage").allowed) return null;
  return {
    kind: "member_key",
    organizationId: row.organizationId,
    tokenId: row.id,
    userId,
    plan: member.plan,
    scopes: memberKeyScopes.filter((scope) => row.scopes.includes(scope)),
    actor: { type: "api_key", id: row.id, name: row.name },
    onBehalfOf: member.actor,
  };
}

function noneForRefusal(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
