interface Sending {
  organizationId: string;
  importId: string;
  vendor: string;
  file: File;
}

/** Sends the file as it is; resolves when all of it is in. Whoever watches asks for the import by its id meanwhile. */
export async function sendFile({ organizationId, importId, vendor, file }: Sending): Promise<void> {
  const query = new URLSearchParams({ id: importId, vendor, file: file.name });
  const response = await fetch(`/api/imports?${query}`, {
    method: "POST",
    body: file,
    headers: { "content-type": "application/octet-stream", "x-daybook-organization": organizationId },
  });
  if (response.ok) return;
  const problem = (await response.json().catch(() => null)) as { detail?: unknown } | null;
  throw new Error(typeof problem?.detail === "string" ? problem.detail : `The server answered ${response.status}.`);
}
