using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
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
    private const string Target = "settings";

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
        var before = View(tenant, sections);
        if (!tag.Matches(tenant.Version))
        {
            return new Refused(Refusals.VersionConflict(before));
        }

        if (Merge(tenant, input.Modules, sections) is { } refusal)
        {
            return new Refused(refusal);
        }

        tenant.Name = Text.Trimmed(input.Name);
        tenant.TimeZone = input.TimeZone;
        if (!Note(db, before, View(tenant, sections)))
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
            return new Refused(Refusals.VersionConflict(View(await db.Set<Tenant>().AsNoTracking().FirstAsync(t => t.Id == db.TenantId, cancel), sections)));
        }
    }

    private static Ok<WorkspaceSettings> Answer(HttpContext http, Tenant tenant, IEnumerable<SettingsSection> sections)
    {
        http.Response.Headers.ETag = VersionTag.Of(tenant.Version);
        return TypedResults.Ok(View(tenant, sections));
    }

    private static WorkspaceSettings View(Tenant tenant, IEnumerable<SettingsSection> sections)
    {
        var stored = JsonNode.Parse(tenant.Settings)!.AsObject();
        return new WorkspaceSettings(
            tenant.Name,
            tenant.TimeZone,
            sections.Where(s => tenant.Modules.Contains(s.Module))
                .ToDictionary(s => s.Module, s => JsonSerializer.SerializeToNode(s.Of(stored), s.Type, PlatformJson.Options)!.AsObject(), StringComparer.Ordinal),
            tenant.Version);
    }

    /// <summary>Takes over what was sent for each module, checked against the module's own record.</summary>
    private static Refusal? Merge(Tenant tenant, IReadOnlyDictionary<string, JsonObject>? modules, IEnumerable<SettingsSection> sections)
    {
        var stored = JsonNode.Parse(tenant.Settings)!.AsObject();
        foreach (var (module, changes) in modules ?? new Dictionary<string, JsonObject>(StringComparer.Ordinal))
        {
            if (sections.FirstOrDefault(s => s.Module == module && tenant.Modules.Contains(module)) is not { } section)
            {
                return Refusals.Invalid($"modules.{module}", "This workspace has no such module with settings.");
            }

            var values = JsonSerializer.SerializeToNode(section.Of(stored), section.Type, PlatformJson.Options)!.AsObject();
            foreach (var (name, value) in changes ?? [])
            {
                if (!values.ContainsKey(name))
                {
                    return Refusals.Invalid($"modules.{module}.{name}", "There is no such setting.");
                }

                values[name] = value?.DeepClone();
            }

            if (Check(section, values) is { } refusal)
            {
                return refusal;
            }

            stored[module] = values;
        }

        tenant.Settings = stored.ToJsonString(PlatformJson.Options);
        return null;
    }

    private static Refusal? Check(SettingsSection section, JsonObject values)
    {
        try
        {
            var errors = InputValidator.Validate(values.Deserialize(section.Type, PlatformJson.Options));
            return errors.Count == 0 ? null : Refusals.Invalid(errors.ToDictionary(e => $"modules.{section.Module}.{e.Key}", e => e.Value, StringComparer.Ordinal));
        }
        catch (JsonException mismatch)
        {
            return Refusals.Invalid($"modules.{section.Module}.{JsonPaths.ToField(mismatch.Path)}", "Not a valid value.");
        }
    }

    /// <summary>Leaves the changed settings in the audit trail.</summary>
    /// <returns>False when nothing changed.</returns>
    private static bool Note(PlatformDb db, WorkspaceSettings before, WorkspaceSettings after)
    {
        var (old, now) = (Flat(before), Flat(after));
        var changed = now.Where(field => !JsonNode.DeepEquals(field.Value, old[field.Key])).Select(field => field.Key).ToList();
        if (changed.Count == 0)
        {
            return false;
        }

        db.Note(new Change
        {
            Action = "settings_change",
            Target = Target,
            EntityId = db.TenantId,
            EntityVersion = after.Version + 1,
            Label = after.Name,
            Before = JsonSerializer.Serialize(changed.ToDictionary(f => f, f => old[f], StringComparer.Ordinal), PlatformJson.Options),
            After = JsonSerializer.Serialize(changed.ToDictionary(f => f, f => now[f], StringComparer.Ordinal), PlatformJson.Options),
        });
        return true;
    }

    private static Dictionary<string, JsonNode?> Flat(WorkspaceSettings settings)
    {
        var fields = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { ["name"] = settings.Name, ["timeZone"] = settings.TimeZone };
        foreach (var (module, values) in settings.Modules)
        {
            foreach (var (name, value) in values)
            {
                fields[$"{module}.{name}"] = value;
            }
        }

        return fields;
    }
}
