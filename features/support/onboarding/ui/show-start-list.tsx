'use client';
import { ActionButton } from '@/components/forms/action-button';
import { showListAction } from '../actions';

export function ShowStartList() {
  return (
    <ActionButton action={showListAction} size="sm">
      Show what is to be set up
    </ActionButton>
  );
}
