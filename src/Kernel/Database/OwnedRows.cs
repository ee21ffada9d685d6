using System.Linq.Expressions;

namespace Tessera.Kernel.Database;

/// <summary>
/// A record that is somebody's: a role that sees its own rows only (<see cref="Access.Role.OwnRowsOnly"/>) sees no others, on any
/// path. The rule becomes part of every query for the record; who sees everything pays nothing for it.
/// </summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IOwnedRows<TSelf>
    where TSelf : TenantRecord
{
    /// <summary>
    /// Whether a row is the person's, <see cref="PlatformDb.OwnRowsOf"/>. It may ask views (<c>db.Set</c> of a keyless type), never
    /// records that have such a rule themselves: the rules would call each other without end.
    /// </summary>
    /// <param name="db">Stands for the context that runs the query.</param>
    static abstract Expression<Func<TSelf, bool>> IsOwn(PlatformDb db);
}
