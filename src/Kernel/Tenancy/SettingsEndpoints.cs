using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Tenancy;

public sealed record WorkspaceSettingsInput
{
    [Required, MaxLength(200)]
    public string Name { get; init; } = "";

    [Required, TimeZoneName]
    public string TimeZone { get; init; } = "";

    /// <summary>Settings by module; a module or a setting that is not named stays as it is.</summary>
    public IReadOnlyDictionary<string, JsonObject>? Modules { get; init; }
}

/// <param name="Modules">Each switched-on module's settings, defaults included.</param>
/// <param name="Version">Send it as <c>If-Match</c> when saving.</param>
public sealed record WorkspaceSettings(string Name, string TimeZone, IReadOnlyDictionary<string, JsonObject> Modules, int Version);

/// <summary><c>/settings</c>: the workspace's name, its zone, and what its modules let it choose.</summary>
internal static class SettingsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Get("/settings", Read).WithTags("settings").WithName("getSettings").Requires(KernelPages.Settings, Level.Read).WithSummary("The workspace's settings.");
        api.Put("/settings", Save).WithTags("settings").WithName("saveSettings").Requires(KernelPages.Settings, Level.Write).WithMetadata(new NeedsVersion(true))
            .WithSummary("Changes the workspace's settings.");
    }

    private static async Task<Ok<WorkspaceSettings>> Read(HttpContext http, PlatformDb db, IEnumerable<SettingsSection> sections, CancellationToken cancel)
    {
        var tenant = await db.Set<Tenant>().AsNoTracking().FirstAsync(t => t.Id == db.TenantId, cancel);
        return Answer(http, tenant, sections);
    }

    private static async Task<Results<Ok<WorkspaceSettings>, Refused>> Save(
        WorkspaceSettingsInput input, HttpContext http, PlatformDb db, IEnumerable<SettingsSection> sections, CancellationToken cancel)
    {
        var tag = VersionTag.Required(http.Request);
        if (tag.IsMissing)
        {
            return new Refused(Refusals.VersionRequired);
        }

        var tenant = await db.Set<Tenant>().FirstAsync(t => t.Id == db.TenantId, cancel);
        var before = SettingsChange.View(tenant, sections);
        if (!tag.Matches(tenant.Version))
        {
            return new Refused(Refusals.VersionConflict(before));
        }

        if (SettingsChange.Merge(tenant, input.Modules, sections) is { } refusal)
        {
            return new Refused(refusal);
        }

        tenant.Name = Text.Trimmed(input.Name);
        tenant.TimeZone = input.TimeZone;
        if (!SettingsChange.Note(db, before, SettingsChange.View(tenant, sections)))
        {
            return Answer(http, tenant, sections);
        }

        tenant.Version++;
        try
        {
            await db.SaveChangesAsync(cancel);
            return Answer(http, tenant, sections);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new Refused(Refusals.VersionConflict(SettingsChange.View(await db.Set<Tenant>().AsNoTracking().FirstAsync(t => t.Id == db.TenantId, cancel), sections)));
        }
    }

    private static Ok<WorkspaceSettings> Answer(HttpContext http, Tenant tenant, IEnumerable<SettingsSection> sections)
    {
        http.Response.Headers.ETag = VersionTag.Of(tenant.Version);
        return TypedResults.Ok(SettingsChange.View(tenant, sections));
    }
}
