using System.Linq.Expressions;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Collaboration;

/// <summary>What comments and shares need to know of a noun, whatever its types.</summary>
/// <param name="Kind">The noun's word in the change feed.</param>
/// <param name="Noun">Plural word in the address.</param>
/// <param name="Page">Permission the noun's records ask for.</param>
/// <param name="ExistsAsync">Whether there is such a live record in the context's tenant.</param>
/// <param name="CaptionAsync">What a record is called in the change feed; null when it has no name, or there is no such live record.</param>
/// <param name="ReadAsync">The record's row, null when there is none.</param>
/// <param name="OwnAsync">Which of the records, live or in the trash, the context's scope sees; null where rows are nobody's own.</param>
/// <param name="IsSeen">A condition for a query: whether the context's scope sees a live record with the id that an expression gives.</param>
/// <param name="IsOwnOf">A condition for a query: whether a live record that the context's scope sees is the own row of the person whose id an expression gives; null where rows are nobody's own.</param>
/// <param name="ImpersonalFields">Fields of the row that are kept in the record itself and say nothing about a person, in JSON's spelling.</param>
internal sealed record AttachableNoun(
    string Kind, string Noun, Page Page, Func<PlatformDb, Guid, CancellationToken, Task<bool>> ExistsAsync,
    Func<PlatformDb, Guid, CancellationToken, Task<string?>> CaptionAsync, Func<PlatformDb, Guid, Task<object?>> ReadAsync,
    Func<PlatformDb, IReadOnlyCollection<Guid>, CancellationToken, Task<IReadOnlySet<Guid>>>? OwnAsync, Func<PlatformDb, Expression, Expression> IsSeen,
    Func<PlatformDb, Guid, Expression, Expression>? IsOwnOf, IReadOnlySet<string> ImpersonalFields);

/// <summary>Nouns people can attach things to: every declared one.</summary>
internal interface IAttachable
{
    AttachableNoun Attachable { get; }
}
