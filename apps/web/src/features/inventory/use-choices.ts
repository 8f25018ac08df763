import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { plural } from "../../ui/numbers.ts";
import { fitting, type Choice } from "../../ui/picker.tsx";
import { useSettled } from "../../ui/use-settled.ts";

const typedSettlesMs = 200;
const shownMax = 20;

interface Choices {
  typed: string;
  onType: (text: string) => void;
  choices: readonly Choice[] | undefined;
}

/** Members whose name or address holds what is typed. */
export function useMemberChoices(): Choices {
  const [typed, onType] = useState("");
  const containing = useSettled(typed.trim(), typedSettlesMs);
  const found = useQuery(useTRPC().access.people.queryOptions({ containing, limit: shownMax }, { placeholderData: keepPreviousData }));
  const choices = found.data?.people.map(({ userId, name, email }) => ({ id: userId, name, detail: email }));
  return { typed, onType, choices: fitting(choices, typed) };
}

export function useGroupChoices(): Choices {
  const [typed, onType] = useState("");
  const containing = useSettled(typed.trim(), typedSettlesMs);
  const found = useQuery(useTRPC().groups.list.queryOptions({ containing, limit: shownMax }, { placeholderData: keepPreviousData }));
  const choices = found.data?.groups.map(({ id, name, members }) => ({ id, name, detail: plural(members, "member") }));
  return { typed, onType, choices: found.isPlaceholderData || typed.trim() !== containing ? fitting(choices, typed) : choices };
}
