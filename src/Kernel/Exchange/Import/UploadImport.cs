using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary><c>POST /exchange/imports</c>: takes a file in, and guesses which column is which field.</summary>
internal static class UploadImport
{
    public static async Task<Results<Created<ImportRunRow>, Refused>> Handle(
        HttpContext http, PlatformDb db, NounCatalog nouns, ImportFiles files, TimeProvider clock, CancellationToken cancel, [FromQuery, Required, MaxLength(200)] string noun, [FromQuery, MaxLength(255)] string? fileName = null)
    {
        var user = http.CurrentUser();
        if (nouns.Find(noun, user, Level.Write) is not { } target)
        {
            return new Refused(nouns.Addresses.Contains(noun) ? new Refusal(403, "forbidden", "You may not change these records.") : Refusals.Invalid("noun", "There is no such noun."));
        }

        var name = Text.OrNull(fileName) is { } given && TextRules.IsClean(given) ? given : target.Noun;
        var (file, refusal) = await files.ReceiveAsync(db, http.Request.Body, name, cancel);
        if (file is null)
        {
            return new Refused(refusal!);
        }

        await db.SaveChangesAsync(cancel);
        (var source, refusal) = await files.OpenAsync(db, file.Id, new ReadingChoice(target.Name, null, null, null), cancel);
        var (columns, rows, unreadable) = source is null ? (null, 0, refusal) : ImportFiles.Survey(source);
        if (columns is null)
        {
            await files.RemoveAsync(db, file.Id, cancel);
            return new Refused(unreadable!);
        }

        var signature = ColumnGuess.SignatureOf(source!.Headers);
        var run = new ImportRun
        {
            TenantId = db.TenantId,
            Noun = target.Address,
            FileName = name,
            Format = source.Format,
            FileId = file.Id,
            Rows = rows,
            Detection = ImportFiles.Json(source.Detection),
            Columns = ImportFiles.Json(ColumnGuess.Guess(columns, target, await MapImport.RememberedAsync(db, target.Address, signature, cancel))),
            Signature = signature,
            Counts = ImportFiles.Json(new ImportCounts()),
            ActorId = user.UserId,
            ActorName = user.FullName,
            CreatedAt = clock.GetUtcNow().ToMicroseconds(),
        };
        db.Add(run);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/v1/exchange/imports/{run.Id}", ImportRunRow.Of(run, target));
    }
}
