using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Records;

public enum ChangeKind
{
    Create,
    Update,
    Delete,
    Restore,
}

/// <summary>
/// A record about to be saved, as a noun's rule sees it: the entity already carries the new values, and
/// <see cref="Original"/> tells the old ones. It is the same for a form, a bulk edit, an inline edit and a restored version.
/// </summary>
/// <param name="Input">What was sent; null when the record goes to the trash or comes back.</param>
public sealed record RecordChange<TEntity, TInput>(
    ChangeKind Kind, TEntity Entity, TInput? Input, PlatformDb Db, CurrentUser User, IServiceProvider Services, DateTimeOffset Now, string? Reason)
    where TEntity : TenantRecord
    where TInput : class
{
    /// <summary>The property's stored value; the default on create.</summary>
    public TValue? Original<TValue>(Expression<Func<TEntity, TValue>> property) =>
        Kind == ChangeKind.Create ? default : Db.Entry(Entity).Property(property).OriginalValue;

    public bool Changes<TValue>(Expression<Func<TEntity, TValue>> property) =>
        Kind == ChangeKind.Create || !EqualityComparer<TValue>.Default.Equals(Db.Entry(Entity).Property(property).OriginalValue, Db.Entry(Entity).Property(property).CurrentValue);

    /// <summary>Names the change in the audit trail.</summary>
    public void Describe(string action) => Db.Describe(Entity, action, Reason);
}

/// <summary>What a write works with: the caller, their database and their clock.</summary>
internal sealed record WriteContext(PlatformDb Db, CurrentUser User, IServiceProvider Services, TimeProvider Clock)
{
    public static WriteContext Of(HttpContext http) => new(
        http.RequestServices.GetRequiredService<PlatformDb>(),
        http.CurrentUser(),
        http.RequestServices,
        http.RequestServices.GetRequiredService<TimeProvider>());
}
