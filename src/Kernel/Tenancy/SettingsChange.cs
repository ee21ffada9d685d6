using System.Text.Json;
using System.Text.Json.Nodes;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Tenancy;

/// <summary>How a workspace's settings change, whoever changes them: checked by their modules, and left in the audit trail.</summary>
internal static class SettingsChange
{
    /// <summary>Word of the change feed.</summary>
    public const string Target = "settings";

    /// <summary>The settings as people see them: the switched-on modules' with their defaults.</summary>
    public static WorkspaceSettings View(Tenant tenant, IEnumerable<SettingsSection> sections)
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
    public static Refusal? Merge(Tenant tenant, IReadOnlyDictionary<string, JsonObject>? modules, IEnumerable<SettingsSection> sections)
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

    /// <summary>What differs: <c>name</c>, <c>timeZone</c>, <c>recruiting.stages</c> and so on.</summary>
    public static IReadOnlyList<FieldChange> Between(WorkspaceSettings before, WorkspaceSettings after)
    {
        var (old, now) = (Flat(before), Flat(after));
        return [.. now.Where(field => !JsonNode.DeepEquals(field.Value, old[field.Key])).Select(field => new FieldChange(field.Key, old[field.Key]?.DeepClone(), field.Value?.DeepClone()))];
    }

    /// <summary>Leaves the changed settings in the audit trail.</summary>
    /// <returns>False when nothing changed.</returns>
    public static bool Note(PlatformDb db, WorkspaceSettings before, WorkspaceSettings after, string? reason = null)
    {
        var changed = Between(before, after);
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
            Reason = reason,
            Before = JsonSerializer.Serialize(changed.ToDictionary(f => f.Field, f => f.Before, StringComparer.Ordinal), PlatformJson.Options),
            After = JsonSerializer.Serialize(changed.ToDictionary(f => f.Field, f => f.After, StringComparer.Ordinal), PlatformJson.Options),
        });
        return true;
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
