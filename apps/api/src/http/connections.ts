import type { Server } from "node:http";
import type { Socket } from "node:net";

const checkEveryMs = 50;

/**
 * A closing server waits for every connection: also for one that has its last answer and is kept for a next request, and for one that a browser
 * opened in advance and never used, which Node itself does not count as idle. Only those with a request under way are worth the wait.
 */
export function watchConnections(server: Server): { closeUnused(): void } {
  const underWay = new Map<Socket, number>();
  server.on("connection", (socket: Socket) => {
    underWay.set(socket, 0);
    socket.once("close", () => underWay.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once("close", () => {
      if (underWay.has(socket)) underWay.set(socket, (underWay.get(socket) ?? 1) - 1);
    });
  });
  const close = () => {
    for (const [socket, requests] of underWay) if (requests === 0) socket.destroySoon();
  };
  return {
    closeUnused() {
      close();
      const timer = setInterval(close, checkEveryMs);
      server.once("close", () => clearInterval(timer));
    },
  };
}
