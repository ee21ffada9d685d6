using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Tenancy;

/// <summary>One module's settings: a record whose initial values are the defaults and whose attributes say what is allowed.</summary>
/// <param name="Module">The module's key; without it switched on the workspace has no such settings.</param>
/// <param name="Type">Has a constructor without parameters.</param>
public sealed record SettingsSection(string Module, Type Type)
{
    /// <summary>The stored values, with defaults for what was never set.</summary>
    internal object Of(JsonObject stored) => stored[Module]?.Deserialize(Type, PlatformJson.Options) ?? Activator.CreateInstance(Type)!;

    internal JsonObject Defaults() => JsonSerializer.SerializeToNode(Activator.CreateInstance(Type), Type, PlatformJson.Options)!.AsObject();
}

/// <summary>What a workspace chose for its modules.</summary>
public static class TenantSettings
{
    /// <summary>Declares the settings of a module; they appear at <c>/api/v1/settings</c> under <c>modules.{key}</c>.</summary>
    public static IServiceCollection AddTenantSettings<TSettings>(this IServiceCollection services, string module)
        where TSettings : class, new() => services.AddSingleton(new SettingsSection(module, typeof(TSettings)));

    /// <summary>The settings of the scope's tenant, as of now.</summary>
    public static async Task<TSettings> ReadAsync<TSettings>(PlatformDb db, string module, CancellationToken cancel)
        where TSettings : class, new()
    {
        var stored = await db.Set<Tenant>().Where(t => t.Id == db.TenantId).Select(t => t.Settings).FirstAsync(cancel);
        return (TSettings)new SettingsSection(module, typeof(TSettings)).Of(JsonNode.Parse(stored)!.AsObject());
    }

    /// <summary>Keeps a module's settings with the next save; for seeds, which nobody asks for permission.</summary>
    public static async Task WriteAsync<TSettings>(PlatformDb db, string module, TSettings settings, CancellationToken cancel)
        where TSettings : class, new()
    {
        var tenant = await db.Set<Tenant>().FirstAsync(t => t.Id == db.TenantId, cancel);
        var stored = JsonNode.Parse(tenant.Settings)!.AsObject();
        stored[module] = JsonSerializer.SerializeToNode(settings, PlatformJson.Options);
        tenant.Settings = stored.ToJsonString(PlatformJson.Options);
    }

    /// <summary>The same, and the zone in which the tenant's days begin, in one statement.</summary>
    public static async Task<(TSettings Settings, TimeZoneInfo Zone)> ReadWithZoneAsync<TSettings>(PlatformDb db, string module, CancellationToken cancel)
        where TSettings : class, new()
    {
        var tenant = await db.Set<Tenant>().Where(t => t.Id == db.TenantId).Select(t => new { t.Settings, t.TimeZone }).FirstAsync(cancel);
        return ((TSettings)new SettingsSection(module, typeof(TSettings)).Of(JsonNode.Parse(tenant.Settings)!.AsObject()), TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZone));
    }
}
