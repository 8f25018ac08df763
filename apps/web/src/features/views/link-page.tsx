import { useLoaderData } from "@tanstack/react-router";
import { FrontDoor } from "../../ui/front-door.tsx";

/** Where a short link ends that does not open. Those that do never come here. */
export function LinkPage() {
  const { problem } = useLoaderData({ from: "/s/$id" });
  return (
    <FrontDoor title="This link does not open">
      <p role="alert">{problem}</p>
      <p className="mt-3">
        <a href="/" className="link">
          Open Daybook
        </a>
      </p>
    </FrontDoor>
  );
}
