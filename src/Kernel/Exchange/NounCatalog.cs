using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Metadata;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>A noun whose records go out to files and come in from them: every declared one.</summary>
internal interface IExchanged
{
    NounExchange ExchangeIn(NounCatalog catalog);
}

/// <summary>All nouns of the installation by their address, found by themselves.</summary>
internal sealed class NounCatalog
{
    private readonly TenantDbFactory _databases;
    private readonly Dictionary<Type, (string Address, string Module, IRecordSet Set)> _byEntity;
    private readonly ConcurrentDictionary<string, NounExchange> _byAddress = new(StringComparer.Ordinal);
    private IModel? _model;

    public NounCatalog(IEnumerable<IRecordSet> sets, IEnumerable<IModule> modules, TenantDbFactory databases)
    {
        _databases = databases;
        var keys = modules.ToDictionary(m => m.GetType().Assembly, m => m.Key);
        _byEntity = sets.OfType<IExchanged>().Cast<IRecordSet>().ToDictionary(
            set => set.EntityType,
            set => keys.TryGetValue(set.GetType().Assembly, out var module) ? ($"{module}/{set.Noun}", module, set) : (set.Noun, KernelModule.Schema, set));
    }

    public IModel Model
    {
        get
        {
            if (_model is null)
            {
                using var db = _databases.Lease();
                _model = db.Model;
            }

            return _model;
        }
    }

    public IReadOnlyList<string> Addresses => [.. _byEntity.Values.Select(n => n.Address).Order(StringComparer.Ordinal)];

    /// <summary>Behind <c>/api/v1/</c>; null when the entity is no noun's.</summary>
    public string? AddressOf(Type entity) => _byEntity.TryGetValue(entity, out var noun) ? noun.Address : null;

    public string ModuleOf(IRecordSet set) => _byEntity[set.EntityType].Module;

    public NounExchange Of(Type entity) => _byAddress.GetOrAdd(_byEntity[entity].Address, static (_, it) => ((IExchanged)it.Set).ExchangeIn(it.Catalog), (_byEntity[entity].Set, Catalog: this));

    /// <summary>Nouns of the tenant's modules and the kernel's that the person may read, what is referred to before what refers.</summary>
    public IReadOnlyList<NounExchange> ReadableBy(CurrentUser user) =>
        [.. _byEntity.Where(n => IsOffered(n.Value.Module, user)).Select(n => Of(n.Key)).Where(n => user.Can(n.Page, Level.Read)).OrderBy(n => n.Depth).ThenBy(n => n.Address, StringComparer.Ordinal)];

    /// <summary>The noun at an address; null when the person has nothing to do with it.</summary>
    public NounExchange? Find(string address, CurrentUser user, Level level) =>
        _byEntity.FirstOrDefault(n => n.Value.Address == address && IsOffered(n.Value.Module, user)).Key is { } entity && Of(entity) is var noun && user.Can(noun.Page, level) ? noun : null;

    /// <summary>The noun at a known address.</summary>
    public NounExchange At(string address) => Of(_byEntity.First(n => n.Value.Address == address).Key);

    private static bool IsOffered(string module, CurrentUser user) => module == KernelModule.Schema || user.TenantModules.Contains(module);
}
