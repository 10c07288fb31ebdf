/** What the system's word for a refused file means. */
export const causes: Readonly<Record<string, string>> = {
  EROFS: 'its file system is read-only',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its quota is used up',
  EIO: 'its disk fails',
  ENOENT: 'it is not there, or the folder that it goes into is not',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something is there already',
  ENOTEMPTY: 'it is a folder that is not empty',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'it is a link that leads to itself',
};
