using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;

namespace Tessera.Kernel.Backup;

/// <summary>
/// The workspace's own name, zone and settings, which come back with the whole of it. Which modules are switched on stays, and so does what a
/// backup knows nothing of or today's modules would not take.
/// </summary>
internal sealed class RestoreSettings(IEnumerable<SettingsSection> sections)
{
    /// <summary>What would change.</summary>
    public async Task<IReadOnlyList<FieldChange>> PreviewAsync(PlatformDb db, BackupTenant then, CancellationToken cancel)
    {
        var tenant = await db.Set<Tenant>().AsNoTracking().FirstAsync(t => t.Id == db.TenantId, cancel);
        var before = SettingsChange.View(tenant, sections);
        Take(tenant, then);
        return SettingsChange.Between(before, SettingsChange.View(tenant, sections));
    }

    /// <summary>Does it with the next save.</summary>
    /// <returns>The settings that change.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(PlatformDb db, BackupArchive archive, CancellationToken cancel)
    {
        var tenant = await db.Set<Tenant>().FirstAsync(t => t.Id == db.TenantId, cancel);
        var before = SettingsChange.View(tenant, sections);
        Take(tenant, archive.Manifest.Tenant);
        var after = SettingsChange.View(tenant, sections);
        if (!SettingsChange.Note(db, before, after, archive.Reason))
        {
            return [];
        }

        tenant.Version++;
        return [.. SettingsChange.Between(before, after).Select(f => f.Field)];
    }

    private void Take(Tenant tenant, BackupTenant then)
    {
        tenant.Name = then.Name;
        tenant.TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(then.TimeZone, out _) ? then.TimeZone : tenant.TimeZone;
        var stored = JsonNode.Parse(then.Settings)!.AsObject();
        foreach (var section in sections.Where(s => then.Modules.Contains(s.Module) && tenant.Modules.Contains(s.Module)))
        {
            // Nothing stored means that all was at its defaults.
            var values = section.Defaults();
            var known = stored[section.Module]?.AsObject().Where(v => values.ContainsKey(v.Key)) ?? values;
            SettingsChange.Merge(tenant, new Dictionary<string, JsonObject>(StringComparer.Ordinal) { [section.Module] = new JsonObject(known.Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone()))) }, sections);
        }
    }
}
