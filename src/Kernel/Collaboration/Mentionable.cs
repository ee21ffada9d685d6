using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary>Who may be addressed in a comment: whoever may read the record it is about. Nobody is called to what they cannot open.</summary>
internal sealed record Mentionable(AttachableNoun Noun, Guid RecordId, IReadOnlyList<Role> Roles, DateTimeOffset Now)
{
    public static Mentionable Of(AttachableNoun noun, Guid recordId, HttpContext http) => new(
        noun,
        recordId,
        http.RequestServices.GetRequiredService<AccessCatalog>().RolesOf(http.CurrentUser().TenantModules),
        http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());

    /// <summary>Finds people for the picker, in one statement.</summary>
    public async Task<Results<Ok<ItemList<LookupItem>>, Refused>> FindAsync(PlatformDb db, CurrentUser user, string? search, int limit, CancellationToken cancel)
    {
        if (!await Noun.ExistsAsync(db, RecordId, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        var people = db.Set<User>().AsNoTracking().Where(Reads(db));
        if (Text.OrNull(search) is { } text)
        {
            var pattern = SearchText.PatternOf(text);
            people = people.Where(u => EF.Functions.Like(SearchText.Folded(u.FullName)!, pattern, LikePattern.EscapeSign));
        }

        var seesAddresses = user.Can(KernelPages.UserManagement, Level.Read);
        return TypedResults.Ok(new ItemList<LookupItem>(
            await people.OrderBy(u => u.FullName).ThenBy(u => u.Id).Take(limit).Select(u => new LookupItem(u.Id, u.FullName) { Detail = seesAddresses ? u.Email : u.Role }).ToListAsync(cancel)));
    }

    /// <summary>The people a comment mentions, in one statement; or who of them cannot be.</summary>
    /// <param name="db">In the scope of who speaks.</param>
    /// <param name="mentions">The ids, each once.</param>
    /// <param name="before">Whom it mentioned before: they stay, even when they have lost the page meanwhile.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<(IReadOnlyList<PersonRef>? People, Refusal? Refusal)> ReadAsync(PlatformDb db, IReadOnlyList<Guid> mentions, IReadOnlyCollection<Guid> before, CancellationToken cancel)
    {
        if (mentions.Count == 0)
        {
            return ([], null);
        }

        var kept = mentions.Where(before.Contains).ToArray();
        var reads = Reads(db);
        Expression<Func<User, bool>> isKept = u => kept.Contains(u.Id);
        var either = Expression.Lambda<Func<User, bool>>(Expression.OrElse(Replace.Parameter(isKept, reads.Parameters[0]), reads.Body), reads.Parameters);
        var people = await db.Set<User>().Where(u => mentions.Contains(u.Id)).Where(either).Select(u => new PersonRef(u.Id, u.FullName)).ToListAsync(cancel);
        if (people.Count == mentions.Count)
        {
            return (people, null);
        }

        var missing = mentions.Except(people.Select(p => p.Id)).ToArray();
        var members = await CommentReading.PeopleAsync(db, missing, cancel);
        return (null, members.Count < missing.Length ? CommentRefusals.UnknownPerson : CommentRefusals.CannotRead([.. members.Select(p => p.FullName)]));
    }

    private Expression<Func<User, bool>> Reads(PlatformDb db)
    {
        var page = PageReaders.Of(db, Roles, Noun.Page, Now);
        if (Noun.IsOwnOf is null)
        {
            return page;
        }

        var seeingAll = PageReaders.SeeingAllRows(Roles);
        Expression<Func<User, bool>> seesAll = u => seeingAll.Contains(u.Role);
        var user = page.Parameters[0];
        var row = Expression.OrElse(Replace.Parameter(seesAll, user), Noun.IsOwnOf(db, RecordId, Expression.Property(user, nameof(User.Id))));
        return Expression.Lambda<Func<User, bool>>(Expression.AndAlso(page.Body, row), user);
    }
}
