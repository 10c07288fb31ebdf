/** Of a request that says nothing of itself: Next has none outside its server. */
export const headers = async () => new Headers();
export const cookies = async () => new Map<string, { value: string }>();
